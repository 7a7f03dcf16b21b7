package io.schemajob.importer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.WithNull;

/** Arrays say the same in JSON and in PostgreSQL's form, there and back; an enum takes its labels and nothing else. */
class ArrayAndEnumTest {
    private static final List<String> LABELS = List.of("sad", "ok", "very happy");

    @Property
    void numbersAreTheSameThereAndBack(@ForAll List<@WithNull(0.2) Long> numbers) throws ConversionException {
        List<Object> items = new ArrayList<>();
        List<String> printed = new ArrayList<>();
        for (Long number : numbers) {
            items.add(number == null ? JsonWriter.NULL : BigDecimal.valueOf(number));
            printed.add(number == null ? "NULL" : number.toString());
        }
        String text = thereAndBack(Kind.INT8_ARRAY, items);
        assertThat(text).isEqualTo("{" + String.join(",", printed) + "}");
        assertThat(ArrayText.elements(Kind.INT8_ARRAY, text))
                .extracting(element -> element == null ? null : element.number())
                .isEqualTo(numbers);
    }

    @Property
    void uuidsAreTheSameThereAndBack(@ForAll List<@WithNull(0.2) Long> seeds) throws ConversionException {
        List<UUID> uuids = new ArrayList<>();
        seeds.forEach(seed -> uuids.add(seed == null ? null : new UUID(seed, ~seed)));
        List<Object> items = new ArrayList<>();
        uuids.forEach(uuid -> items.add(uuid == null ? JsonWriter.NULL : uuid.toString()));
        String text = thereAndBack(Kind.UUID_ARRAY, items);
        assertThat(ArrayText.elements(Kind.UUID_ARRAY, text))
                .extracting(element -> element == null ? null : Ids.toUuid(element.bytes()))
                .isEqualTo(uuids);
    }

    @Property
    void textsAreTheSameThereAndBack(@ForAll List<@WithNull(0.2) @CharRange(from = ' ', to = '~') String> texts)
            throws ConversionException {
        List<Object> items = new ArrayList<>();
        texts.forEach(text -> items.add(text == null ? JsonWriter.NULL : text));
        String text = thereAndBack(Kind.TEXT_ARRAY, items);
        assertThat(ArrayText.elements(Kind.TEXT_ARRAY, text))
                .extracting(element -> element == null ? null : Kind.TEXT.text(element))
                .isEqualTo(texts);
    }

    /** What PostgreSQL would hold; fails unless the way back gives the same JSON. */
    private static String thereAndBack(Kind kind, List<Object> items) throws ConversionException {
        String json = JsonWriter.write(items);
        Field field = Field.of(TargetType.of(kind, kind.name()), FieldRules.PLAIN, null);
        String text = kind.text(field.convert(SourceValue.text(json)));
        assertThat(ArrayText.toJson(kind, text)).isEqualTo(json);
        return text;
    }

    @Property
    void enumTakesItsLabelsOnly(@ForAll String text) throws ConversionException {
        Field field = Field.of(TargetType.enumeration("mood", LABELS), FieldRules.PLAIN, null);
        for (String label : LABELS) {
            assertThat(Kind.ENUM.text(field.convert(SourceValue.text(label)))).isEqualTo(label);
        }
        if (!LABELS.contains(text)) {
            assertThatThrownBy(() -> field.convert(SourceValue.text(text))).isInstanceOf(ConversionException.class);
        }
        assertThatThrownBy(() -> field.convert(SourceValue.text("Sad")))
                .hasMessage("is no value of the enum mood: sad, ok, very happy");
    }
}
