package io.schemajob.bundle.script.file;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The formats of other tools that keep both directions of a migration in one file, by the comments that divide it. The
 * server takes such a comment for a comment, so the file as it is would create and drop in one run.
 */
enum OneFileFormat {
    /** github.com/pressly/goose; its commands are case-insensitive. */
    GOOSE("goose", "--[\\s-]*\\+goose\\b.*"),
    /** github.com/rubenv/sql-migrate. */
    SQL_MIGRATE("sql-migrate", "--[\\s-]*\\+migrate\\b.*"),
    MICRATE("micrate", "--[\\s-]*\\+micrate\\b.*"),
    /** github.com/amacneil/dbmate; options may follow. */
    DBMATE("dbmate", "--\\s*migrate:(up|down)(\\s.*)?"),
    /** github.com/jackc/tern. */
    TERN("tern", "--[\\s-]*create above\\s*/\\s*drop below\\b.*"),
    /** Whatever follows the mark is the way back. */
    MYBATIS("MyBatis Migrations or dbdeploy", "--[\\s-]*(?://)?\\s*@undo\\b.*"),
    LIQUIBASE("Liquibase's formatted SQL", "--[\\s-]*(liquibase\\s+formatted\\s+sql\\b.*|changeset\\s+\\S+:\\S+.*)"),
    RAMBLER("rambler", "--\\s*rambler\\s+(up|down)\\s*"),
    /** Play's evolutions, with a number sign or without. */
    PLAY("Play evolutions", "(#\\s*)?--[\\s-]*!(ups|downs)\\b.*"),
    /** The migrations of Mojo::Pg: {@code -- 1 up}. */
    MOJO("Mojo::Pg", "--\\s*\\d+\\s+(up|down)\\s*");

    private final String title;
    private final Pattern mark;

    OneFileFormat(String title, String mark) {
        this.title = title;
        this.mark = Pattern.compile(mark, Pattern.CASE_INSENSITIVE);
    }

    /** As people call it. */
    String title() {
        return title;
    }

    /** The format whose mark a line is, blanks around it taken away. */
    static Optional<OneFileFormat> of(String line) {
        return Arrays.stream(values())
                .filter(format -> format.mark.matcher(line).matches())
                .findFirst();
    }

    /** Which way the statements below a mark lead. */
    enum Direction {
        UP,
        DOWN;

        /**
         * What a line of nothing but a direction announces, as those of shmig ({@code -- ==== DOWN ====}), node-pg-migrate
         * ({@code -- Down Migration}) and many small tools do. Such a line may also be prose, so it is a mark only where
         * both directions follow one another.
         */
        static Optional<Direction> of(String line) {
            return of(ALONE, line);
        }

        /** The same as node-pg-migrate reads it, with any words behind. */
        static Optional<Direction> loosely(String line) {
            return of(FIRST, line);
        }

        private static Optional<Direction> of(Pattern pattern, String line) {
            Matcher matcher = pattern.matcher(line);
            return matcher.matches()
                    ? Optional.of(matcher.group("way").equalsIgnoreCase("up") ? UP : DOWN)
                    : Optional.empty();
        }
    }

    private static final Pattern ALONE = Pattern.compile(
            "--[\\W_]*(migrat\\w*\\W+)?(?<way>up|down)(s|grade)?(\\W+(migrations?|scripts?|section|sql))?[\\W_]*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern FIRST =
            Pattern.compile("--[\\s-]*(?<way>up|down)\\s+migration.*", Pattern.CASE_INSENSITIVE);
}
