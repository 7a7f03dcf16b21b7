/** Results as tables and sentences. */
package io.schemajob.cli.text;
