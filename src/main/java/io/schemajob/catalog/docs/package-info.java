/** The declared schema as documentation: Markdown, a Mermaid diagram, and an HTML page with style and scripts in {@code resources/docs}. */
package io.schemajob.catalog.docs;
