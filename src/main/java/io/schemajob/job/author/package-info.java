/** What an author of bundles runs: new scripts, snapshots, lint, docs. */
package io.schemajob.job.author;
