package io.schemajob.bundle;

import io.schemajob.bundle.yaml.YamlNode;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An extension that must be there after a run. A script of the bundle creates it, or an administrator beforehand; the job
 * itself never does, so that the same scripts give the same database with any tool.
 *
 * @param name as in {@code CREATE EXTENSION}
 * @param atLeast the oldest version that is enough, or null for any
 */
public record RequiredExtension(String name, String atLeast) {
    private static final Pattern PART = Pattern.compile("\\d+|[A-Za-z]+");

    static RequiredExtension read(YamlNode node) {
        if (!node.isMapping()) {
            return new RequiredExtension(BundleYaml.postgresName(node), null);
        }
        node.onlyKeys("name", "atLeast");
        return new RequiredExtension(
                BundleYaml.postgresName(node.required("name")),
                node.find("atLeast").map(YamlNode::text).orElse(null));
    }

    /** Whether this version is enough: numbers count as numbers, so that 1.10 is newer than 1.9. */
    public boolean isEnough(String version) {
        return atLeast == null || compare(version, atLeast) >= 0;
    }

    /** A word is older than a number or nothing in its place: 1.0dev, 1.0, 1.0.1. */
    static int compare(String left, String right) {
        Matcher a = PART.matcher(left);
        Matcher b = PART.matcher(right);
        while (true) {
            boolean more = a.find();
            boolean other = b.find();
            if (!more && !other) {
                return 0;
            }
            int order = part(more ? a.group() : "0", other ? b.group() : "0");
            if (order != 0) {
                return order;
            }
        }
    }

    private static int part(String left, String right) {
        boolean number = Character.isDigit(left.charAt(0));
        boolean otherNumber = Character.isDigit(right.charAt(0));
        if (number && otherNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return number == otherNumber ? left.compareTo(right) : number ? 1 : -1;
    }

    /** For people. */
    @Override
    public String toString() {
        return atLeast == null ? name : name + " " + atLeast + " or newer";
    }
}
