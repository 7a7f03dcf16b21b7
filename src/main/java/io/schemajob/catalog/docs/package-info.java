/** The declared schema as documentation: for people who want to read it, and for a diagram. */
package io.schemajob.catalog.docs;
