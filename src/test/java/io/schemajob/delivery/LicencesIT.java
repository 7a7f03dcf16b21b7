package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.testing.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Every library that is shipped is under a licence that Apache-2.0 goes with, by the bill of materials and by the library's own POM, as
 * Maven Central gives it.
 */
class LicencesIT {
    private static final Path SBOM = Path.of("target/schemajob-sbom.json");
    private static final Path REPOSITORY =
            Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));

    /** A library under several may be taken under any of them. */
    private static final Pattern ALLOWED =
            Pattern.compile("(?i)apache.*2|\\bmit\\b|bsd|\\bupl\\b|EPL[- ]?2|Eclipse Public License.*2");

    private static final Pattern PURL = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+).*");

    @Test
    void areAllowed() throws Exception {
        if (!Files.exists(SBOM)) {
            throw Parts.missing(SBOM + " (made by mvn package)");
        }
        List<String> wrong = new ArrayList<>();
        JsonNode components = new ObjectMapper().readTree(SBOM.toFile()).path("components");
        for (JsonNode component : components) {
            String purl = component.path("purl").asText();
            List<String> listed = component.path("licenses").findValuesAsText("id");
            listed.addAll(component.path("licenses").findValuesAsText("name"));
            listed.addAll(component.path("licenses").findValuesAsText("expression"));
            List<String> own = licences(pom(purl));
            if (!allowed(listed) || !allowed(own)) {
                wrong.add("%s: listed %s, its POM says %s".formatted(purl, listed, own));
            }
        }
        assertThat(components.size()).isGreaterThan(20);
        assertThat(wrong).isEmpty();
    }

    private static boolean allowed(List<String> licences) {
        return licences.stream().anyMatch(licence -> ALLOWED.matcher(licence).find());
    }

    private static Path pom(String purl) {
        Matcher parts = PURL.matcher(purl);
        assertThat(parts.matches()).as(purl).isTrue();
        return pom(parts.group(1), parts.group(2), parts.group(3));
    }

    private static Path pom(String group, String artifact, String version) {
        return REPOSITORY
                .resolve(group.replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    /** Of the POM, or else of its nearest parent that names one. */
    private static List<String> licences(Path pom) throws Exception {
        if (!Files.exists(pom)) {
            throw Parts.missing(pom + " (put there by Maven)");
        }
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        List<String> names = new ArrayList<>();
        for (Element licences : children(project, "licenses")) {
            for (Element licence : children(licences, "license")) {
                names.add(text(licence, "name"));
            }
        }
        List<Element> parent = children(project, "parent");
        if (!names.isEmpty() || parent.isEmpty()) {
            return names;
        }
        Element of = parent.get(0);
        return licences(pom(text(of, "groupId"), text(of, "artifactId"), text(of, "version")));
    }

    private static String text(Element of, String name) {
        return children(of, name).stream()
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element of, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = of.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
