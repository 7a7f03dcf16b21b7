package io.schemajob.kubernetes;

/** A part of a document that is generated, between two comments that name it. */
final class Marked {
    private Marked() {}

    static String replace(String document, String name, String text) {
        String begin = "<!-- begin %s -->\n".formatted(name);
        String end = "<!-- end %s -->".formatted(name);
        int from = document.indexOf(begin);
        int to = document.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + begin.strip() + " … " + end);
        }
        return document.substring(0, from + begin.length()) + text + document.substring(to);
    }
}
