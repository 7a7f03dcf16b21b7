package io.schemajob.importer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Utf8TextTest {
    /** Bytes from the upper half make sequences of all kinds likely; Java's decoder is as strict as PostgreSQL. */
    @Property(tries = 20_000)
    void acceptsWhatAStrictDecoderAccepts(@ForAll @Size(max = 6) byte[] text) {
        assertThat(accepts(text)).isEqualTo(decodes(text));
    }

    @Property(tries = 20_000)
    void judgesMultiByteSequences(
            @ForAll @ByteRange(min = -64, max = -1) byte lead, @ForAll @Size(min = 1, max = 3) byte[] rest) {
        byte[] text = new byte[rest.length + 1];
        text[0] = lead;
        System.arraycopy(rest, 0, text, 1, rest.length);
        assertThat(accepts(text)).isEqualTo(decodes(text));
    }

    @Property
    void countsCodePoints(@ForAll String text) throws ConversionException {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
        assertThat(Utf8Text.requireValid(whole.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(whole.codePointCount(0, whole.length()));
    }

    @Test
    void namesTheByte() {
        assertThatThrownBy(() -> Utf8Text.requireValid(new byte[] {'a', 0}))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("NUL character at byte 1");
        assertThatThrownBy(() -> Utf8Text.requireValid(new byte[] {'a', 'b', (byte) 0xff}))
                .hasMessageContaining("byte 2");
    }

    @Test
    void shortensAndEscapesForMessages() {
        assertThat(Utf8Text.printable("abc".getBytes(StandardCharsets.UTF_8), 2))
                .isEqualTo("ab…");
        assertThat(Utf8Text.printable("a\n🤖".getBytes(StandardCharsets.UTF_8), 5))
                .isEqualTo("a\\u000a🤖");
    }

    private static boolean accepts(byte[] text) {
        try {
            Utf8Text.requireValid(text);
            return true;
        } catch (ConversionException e) {
            return false;
        }
    }

    private static boolean decodes(byte[] text) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
