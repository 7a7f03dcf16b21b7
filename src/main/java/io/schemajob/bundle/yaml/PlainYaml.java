package io.schemajob.bundle.yaml;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode.Position;
import io.schemajob.bundle.yaml.YamlNode.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the YAML that declared schemas are written in: block mappings and lists, and values on one line. A schema of
 * thousands of tables is most of what a run reads, and SnakeYAML needs longer for it than the server for its catalog.
 *
 * <p>It never judges: whatever it does not know for certain, broken YAML included, is left to {@link YamlReader}, which
 * has the last word on what a text means. A property test holds both against each other.
 */
final class PlainYaml {
    /** Less than {@link YamlReader} allows, so that it is the one to refuse what is deeper. */
    private static final int DEEPEST = 40;

    /** Most mappings are one column or key. */
    private static final int USUAL_MEMBERS = 4;

    private final PlainYamlLine in;
    private int depth;

    private PlainYaml(TextFile file) {
        this.in = new PlainYamlLine(file);
    }

    /** The document, or empty for text that only the library can read. */
    static Optional<YamlNode> read(TextFile file) {
        try {
            return Optional.of(new PlainYaml(file).document());
        } catch (Unknown e) {
            return Optional.empty();
        }
    }

    /** Thrown to leave the text to the library; it says nothing, as nobody is told. */
    static final class Unknown extends RuntimeException {
        static final Unknown UNKNOWN = new Unknown();

        private Unknown() {
            super(null, null, false, false);
        }
    }

    private YamlNode document() {
        in.toContent();
        require(!in.ended() && in.column() == 0);
        YamlNode root = block(YamlPath.document(in.file()));
        require(in.ended());
        return root;
    }

    private YamlNode block(YamlPath path) {
        require(++depth <= DEEPEST);
        YamlNode node = in.atDash() ? list(path) : mapping(path);
        depth--;
        return node;
    }

    private YamlNode mapping(YamlPath path) {
        int indent = in.column();
        Position start = in.position();
        Map<String, YamlNode> members = new LinkedHashMap<>(USUAL_MEMBERS);
        while (!in.ended() && in.column() == indent) {
            Position position = in.position();
            String name = in.blockKey();
            require(members.put(name, member(indent, path.member(name, position))) == null);
        }
        require(in.ended() || in.column() < indent);
        return YamlNode.mapping(path, start, members);
    }

    /** What stands behind a key: on its line, or indented below it. A list may be as little indented as its key. */
    private YamlNode member(int indent, YamlPath path) {
        Position nothing = in.position();
        in.skipSpaces();
        if (!in.atLineEnd()) {
            return value(indent, path);
        }
        in.toContent();
        if (!in.ended() && (in.column() > indent || in.column() == indent && in.atDash())) {
            return block(path);
        }
        return YamlNode.scalar(path, nothing, Type.NOTHING, "");
    }

    /** A value that begins on this line; one line below it that is indented further would be a part of it. */
    private YamlNode value(int indent, YamlPath path) {
        if (in.at('|')) {
            return literal(indent, path);
        }
        YamlNode node = inline(path, false);
        in.toNextLine();
        require(in.ended() || in.column() <= indent);
        return node;
    }

    private YamlNode literal(int indent, YamlPath path) {
        Position start = in.position();
        String text = in.literal(indent);
        in.toContent();
        require(in.ended() || in.column() <= indent);
        return YamlNode.scalar(path, start, Type.TEXT, text);
    }

    private YamlNode list(YamlPath path) {
        int indent = in.column();
        Position start = in.position();
        List<YamlNode> items = new ArrayList<>();
        while (!in.ended() && in.column() == indent && in.atDash()) {
            in.skip();
            in.skipSpaces();
            require(!in.atLineEnd() && !in.atDash());
            YamlPath item = path.item(items.size());
            items.add(in.atBlockKey() ? block(item) : value(indent, item));
        }
        require(in.ended() || in.column() <= indent);
        return YamlNode.list(path, start, items);
    }

    private YamlNode inline(YamlPath path, boolean flow) {
        if (in.at('{')) {
            return flowMapping(path);
        } else if (in.at('[')) {
            return flowList(path);
        }
        Position start = in.position();
        boolean quoted = in.atQuote();
        String text = quoted ? in.quoted() : in.plain(flow);
        return YamlNode.scalar(path, start, quoted ? Type.TEXT : in.type(text), text);
    }

    private YamlNode flowMapping(YamlPath path) {
        require(++depth <= DEEPEST);
        Position start = in.position();
        Map<String, YamlNode> members = new LinkedHashMap<>(USUAL_MEMBERS);
        in.skip();
        in.skipSpaces();
        while (!in.at('}')) {
            separate(members.isEmpty());
            Position position = in.position();
            String name = in.flowKey();
            in.skipSpaces();
            require(members.put(name, inline(path.member(name, position), true)) == null);
            in.skipSpaces();
        }
        in.skip();
        depth--;
        return YamlNode.mapping(path, start, members);
    }

    private YamlNode flowList(YamlPath path) {
        require(++depth <= DEEPEST);
        Position start = in.position();
        List<YamlNode> items = new ArrayList<>();
        in.skip();
        in.skipSpaces();
        while (!in.at(']')) {
            separate(items.isEmpty());
            items.add(inline(path.item(items.size()), true));
            in.skipSpaces();
        }
        in.skip();
        depth--;
        return YamlNode.list(path, start, items);
    }

    /** The comma between two members; one behind the last is left to the library. */
    private void separate(boolean first) {
        if (!first) {
            require(in.at(','));
            in.skip();
            in.skipSpaces();
        }
    }

    static void require(boolean known) {
        if (!known) {
            throw Unknown.UNKNOWN;
        }
    }
}
