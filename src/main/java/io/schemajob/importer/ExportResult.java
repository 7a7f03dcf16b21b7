package io.schemajob.importer;

import io.schemajob.importer.validate.CheckResult;
import java.util.List;
import java.util.Map;

/**
 * What an export has written and found.
 *
 * @param rows by table
 * @param verdicts the comparison of the file with the database
 * @param losses values of earlier imports that are not as SQLite held them, by column, in words
 * @param leftBehind tables and columns that the layout of the file has no place for, and that are not empty
 */
public record ExportResult(
        Map<String, Long> rows, List<CheckResult> verdicts, List<String> leftBehind, List<String> losses) {}
