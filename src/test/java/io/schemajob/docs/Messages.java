package io.schemajob.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the source can end a run with: every call of {@code Failure.of}, with the literal words of its message. A class
 * that makes its failures in a method of its own, called with the message, counts with the calls of that method.
 */
final class Messages {
    private static final Pattern FAILURE = Pattern.compile("Failure\\s*\\.of\\(");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern METHOD =
            Pattern.compile("(?m)^    (?:[\\w<>\\[\\], .?]+ )(\\w+)\\([^;{]*\\)[^;{]*\\{");
    private static final Pattern VARIABLE = Pattern.compile("String message =\\s*(\"[^;]*)");
    private static final Pattern STATUS = Pattern.compile("ExitStatus\\.([A-Z_]+)");

    private Messages() {}

    /**
     * @param type simple name of the class
     * @param statuses that it may have; empty if that is decided elsewhere
     * @param text with {@code …} for everything that is not literal
     */
    record Message(String type, List<String> statuses, String text) {
        /** Whether there are words to recognise it by. */
        boolean hasWords() {
            return text.replaceAll("[^A-Za-z]", "").length() >= 6;
        }
    }

    static List<Message> ofSource(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Message> messages = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                messages.addAll(ofClass(type, Files.readString(file)));
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Message> ofClass(String type, String source) {
        List<Message> messages = new ArrayList<>();
        Matcher failure = FAILURE.matcher(source);
        while (failure.find()) {
            String arguments = arguments(source, failure.end());
            Message message = message(type, arguments, source, failure.start());
            if (message.hasWords()) {
                messages.add(message);
            } else {
                messages.addAll(ofCallers(type, source, failure.start(), message));
            }
        }
        return messages;
    }

    /** The calls of the method around it; itself if there are none. */
    private static List<Message> ofCallers(String type, String source, int position, Message own) {
        Matcher method = METHOD.matcher(source).region(0, position);
        String name = null;
        int declaration = -1;
        while (method.find()) {
            name = method.group(1);
            declaration = method.start(1);
        }
        List<Message> messages = new ArrayList<>();
        if (name != null) {
            Matcher call = Pattern.compile("(?<![\\w.])" + name + "\\(").matcher(source);
            while (call.find()) {
                if (call.start() != declaration) {
                    Message message = message(type, arguments(source, call.end()), source, call.start());
                    messages.add(
                            message.statuses().isEmpty() ? new Message(type, own.statuses(), message.text()) : message);
                }
            }
        }
        return messages.isEmpty() ? List.of(own) : messages;
    }

    private static Message message(String type, String arguments, String source, int position) {
        List<String> statuses =
                STATUS.matcher(arguments).results().map(found -> found.group(1)).toList();
        Message message = new Message(type, statuses, words(arguments));
        if (message.hasWords()) {
            return message;
        }
        Matcher variable = VARIABLE.matcher(source).region(Math.max(0, position - 300), position);
        return variable.find() ? new Message(type, statuses, words(variable.group(1))) : message;
    }

    private static String words(String code) {
        StringBuilder text = new StringBuilder();
        Matcher literal = LITERAL.matcher(code);
        int last = 0;
        while (literal.find()) {
            boolean joined = code.substring(last, literal.start()).matches("\\s*\\+\\s*");
            text.append(joined ? "" : "…").append(literal.group(1));
            last = literal.end();
        }
        return text.toString().replaceAll("%[,]?[a-z]", "…").replace("\\\"", "\"");
    }

    /** From behind the opening parenthesis to its closing one. */
    private static String arguments(String source, int start) {
        int depth = 1;
        boolean quoted = false;
        int i = start;
        for (; depth > 0; i++) {
            char c = source.charAt(i);
            if (c == '"' && source.charAt(i - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        return source.substring(start, i - 1);
    }
}
