package io.schemajob.importer.export;

import io.schemajob.importer.convert.ArrayText;
import io.schemajob.importer.convert.Epoch;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.mapping.ColumnPlan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Map;

/**
 * The way back of a converter: from the text that {@link Kind#text} prints to a value that the converter would turn into
 * the same again.
 */
final class OldValue {
    /** Always with its zone: the same moment for every reader. */
    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private OldValue() {}

    static SourceValue of(ColumnPlan column, String text) {
        if (text == null) {
            return SourceValue.NULL;
        }
        String renamed = renamed(column, text);
        if (renamed != null) {
            return SourceValue.text(renamed);
        }
        return switch (column.kind()) {
            case BOOLEAN, INT2, INT4, INT8 -> SourceValue.integer(Long.parseLong(text));
            case FLOAT4 ->
                SourceValue.real(Double.parseDouble(Float.toString(Float.intBitsToFloat(Integer.parseInt(text)))));
            case FLOAT8 -> SourceValue.real(Double.longBitsToDouble(Long.parseLong(text)));
            case BYTEA -> SourceValue.blob(HexFormat.of().parseHex(text));
            case DATE ->
                SourceValue.text(LocalDate.ofEpochDay(Long.parseLong(text) + Kind.EPOCH_DAYS)
                        .toString());
            case TIMESTAMP, TIMESTAMPTZ -> moment(column, Long.parseLong(text) + Kind.EPOCH_MICROS);
            case NUMERIC -> numeric(text);
            case TEXT_ARRAY, UUID_ARRAY, INT4_ARRAY, INT8_ARRAY ->
                SourceValue.text(ArrayText.toJson(column.kind(), text));
            default -> SourceValue.text(text);
        };
    }

    /** The first old value that became this one. */
    private static String renamed(ColumnPlan column, String text) {
        for (Map.Entry<String, String> entry :
                column.mapping().rules().renamed().entrySet()) {
            if (entry.getValue().equals(text)) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** A double where that says the same, else text. */
    private static SourceValue numeric(String text) {
        double real = Double.parseDouble(text);
        boolean exact =
                !Double.isInfinite(real) && new BigDecimal(Double.toString(real)).compareTo(new BigDecimal(text)) == 0;
        return exact ? SourceValue.real(real) : SourceValue.text(text);
    }

    private static SourceValue moment(ColumnPlan column, long micros) {
        Epoch epoch = column.mapping().rules().epoch();
        ZoneId zone = column.mapping().rules().zone();
        if (column.kind() == Kind.TIMESTAMP) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
            return SourceValue.text(MOMENT.format(local));
        }
        if (epoch != Epoch.NONE && epoch != Epoch.JULIAN_DAYS && micros % epoch.micros() == 0) {
            return SourceValue.integer(micros / epoch.micros());
        }
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
        return SourceValue.text(MOMENT.format(instant.atZone(zone).toLocalDateTime())
                + zone.getRules().getOffset(instant).getId().replace("Z", "+00:00"));
    }

    /** The value of a file of ids: text, or an integer. */
    static SourceValue ofId(String oldId, String storageClass) {
        return storageClass.equals(StorageClass.INTEGER.toString())
                ? SourceValue.integer(Long.parseLong(oldId))
                : SourceValue.text(oldId.getBytes(StandardCharsets.UTF_8));
    }
}
