/** What statements do: the tables they lock, and what the scripts have made so far. */
package io.schemajob.lint.effect;
