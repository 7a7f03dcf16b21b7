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
        YamlNode root = block("", null);
        require(in.ended());
        return root;
    }

    private YamlNode block(String path, Position key) {
        require(++depth <= DEEPEST);
        YamlNode node = in.atDash() ? list(path, key) : mapping(path, key);
        depth--;
        return node;
    }

    private YamlNode mapping(String path, Position key) {
        int indent = in.column();
        Position start = in.position();
        Map<String, YamlNode> members = new LinkedHashMap<>();
        while (!in.ended() && in.column() == indent) {
            Position position = in.position();
            String name = in.blockKey();
            String memberPath = path.isEmpty() ? name : path + "." + name;
            require(members.put(name, member(indent, memberPath, position)) == null);
        }
        require(in.ended() || in.column() < indent);
        return YamlNode.mapping(path, start, key, members);
    }

    /** What stands behind a key: on its line, or indented below it. A list may be as little indented as its key. */
    private YamlNode member(int indent, String path, Position key) {
        Position nothing = in.position();
        in.skipSpaces();
        if (!in.atLineEnd()) {
            return value(indent, path, key);
        }
        in.toContent();
        if (!in.ended() && (in.column() > indent || in.column() == indent && in.atDash())) {
            return block(path, key);
        }
        return YamlNode.scalar(path, nothing, key, Type.NOTHING, "");
    }

    /** A value that begins on this line; one line below it that is indented further would be a part of it. */
    private YamlNode value(int indent, String path, Position key) {
        if (in.at('|')) {
            return literal(indent, path, key);
        }
        YamlNode node = inline(path, key, false);
        in.toNextLine();
        require(in.ended() || in.column() <= indent);
        return node;
    }

    private YamlNode literal(int indent, String path, Position key) {
        Position start = in.position();
        String text = in.literal(indent);
        in.toContent();
        require(in.ended() || in.column() <= indent);
        return YamlNode.scalar(path, start, key, Type.TEXT, text);
    }

    private YamlNode list(String path, Position key) {
        int indent = in.column();
        Position start = in.position();
        List<YamlNode> items = new ArrayList<>();
        while (!in.ended() && in.column() == indent && in.atDash()) {
            in.skip();
            in.skipSpaces();
            require(!in.atLineEnd() && !in.atDash());
            String itemPath = path + "[" + items.size() + "]";
            items.add(in.atBlockKey() ? block(itemPath, null) : value(indent, itemPath, null));
        }
        require(in.ended() || in.column() <= indent);
        return YamlNode.list(path, start, key, items);
    }

    private YamlNode inline(String path, Position key, boolean flow) {
        if (in.at('{')) {
            return flowMapping(path, key);
        } else if (in.at('[')) {
            return flowList(path, key);
        }
        Position start = in.position();
        boolean quoted = in.atQuote();
        String text = quoted ? in.quoted() : in.plain(flow);
        return YamlNode.scalar(path, start, key, quoted ? Type.TEXT : in.type(text), text);
    }

    private YamlNode flowMapping(String path, Position key) {
        require(++depth <= DEEPEST);
        Position start = in.position();
        Map<String, YamlNode> members = new LinkedHashMap<>();
        in.skip();
        in.skipSpaces();
        while (!in.at('}')) {
            separate(members.isEmpty());
            Position position = in.position();
            String name = in.flowKey();
            in.skipSpaces();
            require(members.put(name, inline(path.isEmpty() ? name : path + "." + name, position, true)) == null);
            in.skipSpaces();
        }
        in.skip();
        depth--;
        return YamlNode.mapping(path, start, key, members);
    }

    private YamlNode flowList(String path, Position key) {
        require(++depth <= DEEPEST);
        Position start = in.position();
        List<YamlNode> items = new ArrayList<>();
        in.skip();
        in.skipSpaces();
        while (!in.at(']')) {
            separate(items.isEmpty());
            items.add(inline(path + "[" + items.size() + "]", null, true));
            in.skipSpaces();
        }
        in.skip();
        depth--;
        return YamlNode.list(path, start, key, items);
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
