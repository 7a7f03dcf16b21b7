/** What was found in files of a repository, in the forms that code hosts and their pipelines read. */
package io.schemajob.report.annotation;
