/** Reading and writing files whole or not at all, within limits. */
package io.schemajob.report.file;
