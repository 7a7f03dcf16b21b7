/** Moving, measuring and maintaining data. */
package io.schemajob.job.data;
