/** The same run for many targets. */
package io.schemajob.job.fleet;
