package io.schemajob.bundle.yaml;

import io.schemajob.bundle.yaml.YamlNode.Position;

/**
 * The way from a document's root to a value, and where its key stands. A large schema has hundreds of thousands of values, and
 * only those that are complained about tell their way, so no text is made before.
 */
final class YamlPath {
    private final YamlPath parent;
    /** Of a member; the file of a document; null for an item. */
    private final String key;
    /** Of an item, from 0; the line of a key. */
    private final int number;
    /** Of a key. */
    private final int column;

    private YamlPath(YamlPath parent, String key, int number, int column) {
        this.parent = parent;
        this.key = key;
        this.number = number;
        this.column = column;
    }

    static YamlPath document(String file) {
        return new YamlPath(null, file, 0, 0);
    }

    YamlPath member(String name, Position at) {
        return new YamlPath(this, name, at.line(), at.column());
    }

    YamlPath item(int index) {
        return new YamlPath(this, null, index, 0);
    }

    boolean isDocument() {
        return parent == null;
    }

    Position keyPosition() {
        return position(number, column);
    }

    /** A place in the same file. */
    Position position(int line, int columnOnLine) {
        YamlPath root = this;
        while (root.parent != null) {
            root = root.parent;
        }
        return new Position(root.key, line, columnOnLine);
    }

    /** {@code adopt[0].version}; empty for the document. */
    @Override
    public String toString() {
        if (parent == null) {
            return "";
        }
        return key == null ? parent + "[" + number + "]" : parent.isDocument() ? key : parent + "." + key;
    }
}
