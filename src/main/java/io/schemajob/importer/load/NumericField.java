package io.schemajob.importer.load;

/**
 * A {@code numeric} as its binary form has it: groups of four decimal digits, the place of the first group, sign, and
 * the digits shown after the point.
 *
 * @see <a href="https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/numeric.c">numeric_send</a>
 */
final class NumericField {
    private static final int GROUP = 4;
    private static final int NEGATIVE = 0x4000;

    private NumericField() {}

    /** @param text without an exponent */
    static void put(CopyBuffer out, String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        int point = digits.indexOf('.');
        String before = point < 0 ? digits : digits.substring(0, point);
        String after = point < 0 ? "" : digits.substring(point + 1);
        String padded = "0".repeat((GROUP - before.length() % GROUP) % GROUP)
                + before
                + after
                + "0".repeat((GROUP - after.length() % GROUP) % GROUP);
        int groups = padded.length() / GROUP;
        int first = 0;
        while (first < groups && group(padded, first) == 0) {
            first++;
        }
        int last = groups;
        while (last > first && group(padded, last - 1) == 0) {
            last--;
        }
        int weight = (before.length() + GROUP - 1) / GROUP - 1 - first;
        int count = last - first;
        out.putInt(8 + 2 * count);
        out.putShort(count);
        out.putShort(count == 0 ? 0 : weight);
        out.putShort(negative && count > 0 ? NEGATIVE : 0);
        out.putShort(after.length());
        for (int i = first; i < last; i++) {
            out.putShort(group(padded, i));
        }
    }

    private static int group(String digits, int index) {
        return Integer.parseInt(digits, index * GROUP, (index + 1) * GROUP, 10);
    }
}
