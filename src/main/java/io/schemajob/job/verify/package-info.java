/** Comparing a database with its declared schema. */
package io.schemajob.job.verify;
