/** Reading YAML with the place of each value, so that an error names its line. */
package io.schemajob.bundle.yaml;
