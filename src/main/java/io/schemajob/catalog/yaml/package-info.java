/** The declared schema as a file that people read and edit. Pure. */
package io.schemajob.catalog.yaml;
