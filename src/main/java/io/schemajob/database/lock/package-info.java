/** The job lock, and waiting for locks. */
package io.schemajob.database.lock;
