/** Makes SQL texts comparable: PostgreSQL prints one expression differently from version to version. Pure. */
package io.schemajob.catalog.sql;
