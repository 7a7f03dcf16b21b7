/** Where the bytes of a bundle come from (resources, a folder, an archive), and the limits and encoding they must keep. */
package io.schemajob.bundle.source;
