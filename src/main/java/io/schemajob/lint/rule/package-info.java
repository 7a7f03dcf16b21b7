/** The checks of each topic. */
package io.schemajob.lint.rule;
