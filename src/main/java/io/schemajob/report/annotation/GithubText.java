package io.schemajob.report.annotation;

import io.schemajob.report.annotation.Annotation.Level;
import java.util.List;

/** Workflow commands of GitHub Actions, which it shows at the lines of a pull request. */
public final class GithubText {
    private GithubText() {}

    public static List<String> of(AnnotatedReport report) {
        return report.annotations().stream()
                .map(found -> "::%s file=%s,line=%d,title=%s::%s"
                        .formatted(
                                found.level() == Level.NOTE ? "notice" : found.level(),
                                property(found.file()),
                                found.line(),
                                property("schemajob " + found.rule()),
                                data(found.message() + (found.link() == null ? "" : " " + found.link()))))
                .toList();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
