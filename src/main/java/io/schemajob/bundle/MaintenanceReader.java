package io.schemajob.bundle;

import io.schemajob.bundle.Maintenance.Setting;
import io.schemajob.bundle.Maintenance.Task;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.StatementSplitter;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.SqlParameters;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Similar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code maintenance.sql}: directives are whole-line comments between statements. */
final class MaintenanceReader {
    private static final Pattern DIRECTIVE = Pattern.compile("--\\s?(setting|task):(.*)|--\\s?(batch)");
    private static final Pattern SETTING = Pattern.compile("([a-z][a-z0-9_]*)\\s*=\\s*(\\d{1,18})(?:\\s+(.*))?");
    private static final Pattern TASK = Pattern.compile("([a-z][a-z0-9-]*)(?:\\s+(.*))?");

    private final TextFile file;
    private final List<String> lines;
    private final List<Setting> settings = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** The task whose statement is still to come; null between a statement and the next task. */
    private Matcher task;

    private int taskLine;
    private boolean batched;

    MaintenanceReader(TextFile file) {
        this.file = file;
        this.lines = file.text().lines().toList();
    }

    Maintenance read() {
        int line = 1;
        for (Statement statement : StatementSplitter.split(Script.of(file))) {
            readDirectives(line, statement.line());
            end(statement);
            line = statement.line() + (int) statement.sql().lines().count();
        }
        readDirectives(line, lines.size() + 1);
        if (task != null) {
            throw Problem.at(file.path(), taskLine, "the task " + task.group(1) + " has no statement", null);
        }
        tasks.forEach(this::refuseUnknownNames);
        return new Maintenance(List.copyOf(settings), List.copyOf(tasks));
    }

    /** @param to exclusive */
    private void readDirectives(int from, int to) {
        for (int line = from; line < to; line++) {
            Matcher directive = DIRECTIVE.matcher(lines.get(line - 1).strip());
            if (!directive.matches()) {
                continue;
            }
            if (directive.group(3) != null) {
                beginBatches(line);
            } else if (directive.group(1).equals("task")) {
                beginTask(line, directive.group(2).strip());
            } else {
                addSetting(line, directive.group(2).strip());
            }
        }
    }

    private void addSetting(int line, String text) {
        Matcher setting = SETTING.matcher(text);
        if (!setting.matches()) {
            throw Problem.at(
                    file.path(), line, "a setting is written NAME = NUMBER  meaning, which this is not: " + text, null);
        }
        refuseSecond(line, "setting " + setting.group(1));
        String meaning = setting.group(3) == null ? "" : setting.group(3);
        settings.add(new Setting(setting.group(1), Long.parseLong(setting.group(2)), meaning));
    }

    private void beginTask(int line, String text) {
        if (task != null) {
            throw Problem.at(file.path(), taskLine, "the task " + task.group(1) + " has no statement", null);
        }
        task = TASK.matcher(text);
        taskLine = line;
        batched = false;
        if (!task.matches()) {
            throw Problem.at(file.path(), line, "a task is written NAME  title, which this is not: " + text, null);
        }
        refuseSecond(line, "task " + task.group(1));
    }

    private void beginBatches(int line) {
        if (task == null) {
            throw Problem.at(file.path(), line, "batch belongs between a task and its statement", null);
        }
        batched = true;
    }

    private void end(Statement statement) {
        if (task == null) {
            throw Problem.at(
                    file.path(), statement.line(), "a statement without a task", "Put a line -- task: NAME above it.");
        }
        if (batched && statement.kind() != Statement.Kind.PLAIN) {
            throw Problem.at(
                    file.path(), statement.line(), "a statement outside transactions cannot run in batches", null);
        }
        if (batched && !SqlParameters.names(statement.sql()).contains(Maintenance.BATCH)) {
            throw Problem.at(
                    file.path(),
                    statement.line(),
                    "a batched statement without :batch would never end",
                    "Limit the rows it touches: … LIMIT :batch.");
        }
        String title = task.group(2) == null ? task.group(1) : task.group(2);
        tasks.add(new Task(task.group(1), title, batched, statement));
        task = null;
    }

    private void refuseSecond(int line, String what) {
        if (!names.add(what)) {
            throw Problem.at(file.path(), line, "the " + what + " is there twice", null);
        }
    }

    private void refuseUnknownNames(Task any) {
        for (String name : SqlParameters.names(any.statement().sql())) {
            if (!names.contains("setting " + name)) {
                throw unknownName(any, name);
            }
        }
    }

    private SchemajobException unknownName(Task any, String name) {
        List<String> known = settings.stream().map(Setting::name).toList();
        String hint = Similar.nearest(name, known)
                .map(near -> "Did you mean :" + near + "?")
                .orElse("Declare it: -- setting: " + name + " = NUMBER");
        return Problem.at(
                file.path(),
                any.statement().line(),
                "the task " + any.name() + " uses :" + name + ", which is no setting",
                hint);
    }
}
