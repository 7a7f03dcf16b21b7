package io.schemajob.bundle.yaml;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode.Position;
import io.schemajob.bundle.yaml.YamlNode.Type;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.resolver.Resolver;

/** Turns any YAML text into {@link YamlNode}s. SnakeYAML composes the nodes but never constructs an object. */
final class YamlReader {
    /** Code points; a declared schema of thousands of tables has a few million. */
    static final int LONGEST = 32 * 1024 * 1024;

    private static final int DEEPEST = 50;

    private final TextFile file;

    YamlReader(TextFile file) {
        this.file = file;
    }

    YamlNode read() {
        Node root = compose();
        YamlPath document = YamlPath.document(file.path());
        if (root == null) {
            return YamlNode.mapping(document, new Position(file.path(), 1, 1), new LinkedHashMap<>());
        }
        return convert(root, document);
    }

    private Node compose() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        try {
            ParserImpl parser = new ParserImpl(new WholeText(file.text()), options);
            return new Composer(parser, new Resolver(), options).getSingleNode();
        } catch (MarkedYAMLException e) {
            throw broken(
                    e.getProblem(), position(e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark()));
        } catch (ReaderException e) {
            throw broken("a character that YAML does not allow: U+%04X".formatted(e.getCodePoint()), offset(e));
        } catch (YAMLException e) {
            throw Problem.in(file.path(), e.getMessage(), null, e);
        } catch (IllegalArgumentException e) {
            // Of Java's: the library does not look whether a number is one of Unicode.
            throw Problem.in(file.path(), "an escape in double quotes is no character of Unicode", null, e);
        }
    }

    private YamlNode convert(Node node, YamlPath path) {
        Position position = position(node.getStartMark());
        if (node.getAnchor() != null) {
            throw YamlNode.failure("anchors and aliases are not supported", position);
        }
        if (!node.getTag().startsWith(Tag.PREFIX)) {
            throw YamlNode.failure("the tag " + node.getTag() + " is not supported", position);
        }
        if (node instanceof MappingNode mapping) {
            return YamlNode.mapping(path, position, members(mapping, path));
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>(sequence.getValue().size());
            for (Node item : sequence.getValue()) {
                items.add(convert(item, path.item(items.size())));
            }
            return YamlNode.list(path, position, items);
        }
        return YamlNode.scalar(path, position, type(node.getTag()), ((ScalarNode) node).getValue());
    }

    private Map<String, YamlNode> members(MappingNode mapping, YamlPath path) {
        Map<String, YamlNode> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Position position = position(tuple.getKeyNode().getStartMark());
            String named = path.isDocument() ? "a key" : "a key of " + path;
            String key = convert(
                            tuple.getKeyNode(), YamlPath.document(file.path()).member(named, position))
                    .text();
            YamlPath keyPath = path.member(key, position);
            if (members.put(key, convert(tuple.getValueNode(), keyPath)) != null) {
                throw YamlNode.failure("the key " + keyPath + " is there twice", position);
            }
        }
        return members;
    }

    static Type type(Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return Type.NOTHING;
        } else if (tag.equals(Tag.INT)) {
            return Type.INTEGER;
        } else if (tag.equals(Tag.FLOAT)) {
            return Type.DECIMAL;
        } else if (tag.equals(Tag.BOOL)) {
            return Type.BOOLEAN;
        }
        return Type.TEXT;
    }

    private Position position(Mark mark) {
        return new Position(file.path(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** The reader reports code points from the start of the text, and no mark. */
    private Position offset(ReaderException e) {
        String text = file.text();
        int end = Math.min(text.length(), text.offsetByCodePoints(0, Math.min(e.getPosition(), text.length())));
        int line =
                1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
        return new Position(file.path(), line, end - text.lastIndexOf('\n', end - 1));
    }

    private static SchemajobException broken(String problem, Position position) {
        return YamlNode.failure("broken YAML: " + problem, position);
    }
}
