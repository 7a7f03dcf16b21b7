/** A bundle's scripts as files: their names, the formats of other tools, and the history that they make. */
package io.schemajob.bundle.script.file;
