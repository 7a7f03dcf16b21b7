/** Writing new scripts into a folder of the user. */
package io.schemajob.bundle.author;
