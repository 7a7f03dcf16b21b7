package io.schemajob.lint.finding;

import io.schemajob.lint.effect.TableLock;
import java.util.List;

/**
 * What lint has to say of one script.
 *
 * @param file the script, relative to the bundle's folder
 * @param findings in order of line
 * @param silenced findings that were accepted with a reason
 * @param locks the strongest lock on each table, in order of first use
 */
public record ScriptLint(
        String file, List<LintFinding> findings, List<SuppressedFinding> silenced, List<TableLock> locks) {}
