/** Taking over databases that something else has made, and recording versions without running scripts. */
package io.schemajob.job.adopt;
