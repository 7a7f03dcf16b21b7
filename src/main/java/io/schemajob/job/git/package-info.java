/** What other branches have of a bundle. */
package io.schemajob.job.git;
