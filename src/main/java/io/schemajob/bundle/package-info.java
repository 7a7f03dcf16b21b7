/** Reading a bundle as a whole: its settings, scripts, declared schema and maintenance. Pure: knows no database. */
package io.schemajob.bundle;
