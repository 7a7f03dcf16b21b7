/** What a pull request wants to know of a bundle. */
package io.schemajob.job.check;
