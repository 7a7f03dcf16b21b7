/** Words and values of the command line. */
package io.schemajob.cli.line;
