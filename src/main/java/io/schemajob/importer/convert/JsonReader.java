package io.schemajob.importer.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as strictly as PostgreSQL does. Jackson's parser checks the grammar (RFC 8259); added here is what jsonb
 * cannot hold: NUL, half surrogate pairs, numbers beyond {@code numeric}. Numbers are not rounded, and a key that is there
 * twice is noticed.
 */
final class JsonReader {
    /** PostgreSQL stops where its stack ends; this is far below, and far above what anybody nests. */
    private static final int DEEPEST = 1000;

    /** Only depth is limited here; {@link NumericConverter#read} limits numbers. Names of hostile files are not cached. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final String MALFORMED = "is not valid JSON";

    private final String text;
    private boolean duplicateKeys;

    JsonReader(String text) {
        this.text = text;
    }

    /** A Map, List, String, BigDecimal, Boolean, or {@link JsonWriter#NULL}. */
    Object read() throws ConversionException {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw tooShort();
            }
            Object value = value(parser, first);
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation());
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw new ConversionException("is JSON nested deeper than " + DEEPEST);
        } catch (JsonEOFException e) {
            throw tooShort();
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether an object named a key twice; the last one counts. */
    boolean duplicateKeys() {
        return duplicateKeys;
    }

    private Object value(JsonParser parser, JsonToken token) throws IOException, ConversionException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> storable(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> JsonWriter.NULL;
            default -> number(parser.getText());
        };
    }

    private Map<String, Object> object(JsonParser parser) throws IOException, ConversionException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = storable(parser.currentName());
            duplicateKeys |= members.put(key, value(parser, parser.nextToken())) != null;
        }
        return members;
    }

    private List<Object> array(JsonParser parser) throws IOException, ConversionException {
        List<Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return items;
    }

    private static String storable(String value) throws ConversionException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\0') {
                throw new ConversionException("is JSON with a NUL character (\\u0000), which jsonb cannot hold");
            }
            if (Character.isSurrogate(c)) {
                boolean pair = i + 1 < value.length() && Character.isSurrogatePair(c, value.charAt(i + 1));
                if (!pair) {
                    throw new ConversionException("is JSON with half a surrogate pair");
                }
                i++;
            }
        }
        return value;
    }

    private static BigDecimal number(String digits) throws ConversionException {
        try {
            return NumericConverter.read(digits);
        } catch (NumberFormatException e) {
            throw new ConversionException("is JSON with a number that numeric cannot hold");
        }
    }

    private static ConversionException tooShort() {
        return new ConversionException("is not valid JSON: it ends too early", MALFORMED);
    }

    /** A word that is none, such as NaN, is told by its beginning. */
    private ConversionException malformed(JsonLocation location) {
        int end = (int) Math.min(location.getCharOffset(), text.length());
        int at = end;
        while (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1))) {
            at--;
        }
        if (end == text.length() && (at == end || Character.isDigit(text.charAt(at)))) {
            return tooShort();
        }
        at -= at > 0 && at < end && text.charAt(at - 1) == '-' ? 1 : 0;
        return new ConversionException(MALFORMED + " at character " + (at + 1), MALFORMED);
    }
}
