/** What the process is given and gives: streams, signals, variables, questions. */
package io.schemajob.cli.process;
