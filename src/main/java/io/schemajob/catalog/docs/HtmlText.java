package io.schemajob.catalog.docs;

import io.schemajob.report.text.Printable;

/**
 * HTML as it is written. Whatever a bundle says passes {@link #words} or {@link #document}: it begins no tag, ends no
 * attribute and hides nothing.
 */
final class HtmlText {
    private final StringBuilder text = new StringBuilder();

    /** Ours, as it is. */
    HtmlText html(String html) {
        text.append(html);
        return this;
    }

    /** Somebody else's, on one line. */
    HtmlText words(String value) {
        return html(escape(Printable.line(value.replaceAll("\\s*\\n\\s*", " "))));
    }

    /** Somebody else's, with its line breaks. */
    HtmlText document(String value) {
        return html(escape(Printable.document(value)));
    }

    HtmlText code(String value) {
        return html("<code>").words(value).html("</code>");
    }

    /** A tag with one attribute that needs to be escaped. */
    HtmlText open(String tag, String attribute, String value) {
        return html("<" + tag + " " + attribute + "=\"").words(value).html("\">");
    }

    /** A link within the page. */
    HtmlText link(String id, String words) {
        return open("a", "href", "#" + id).words(words).html("</a>");
    }

    static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
