package io.schemajob.vault.kv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.vault.http.VaultReply;
import io.schemajob.vault.http.VaultReplyTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class KvLocationTest {
    private static final String SECRET = "team/kv/app/postgres";

    @Test
    void mountTellsTheVersion() {
        assertThat(KvLocation.of(SECRET, mount("team/kv/", "kv", "{\"version\":\"2\"}")))
                .contains(new KvLocation(2, "team/kv/data/app/postgres"));
        assertThat(KvLocation.of(SECRET, mount("team/kv/", "kv", "{\"version\":\"1\"}")))
                .contains(new KvLocation(1, SECRET));
        assertThat(KvLocation.of(SECRET, mount("team/", "kv", "null"))).contains(new KvLocation(1, SECRET));
        assertThat(KvLocation.of(SECRET, mount("team/", "generic", "null"))).contains(new KvLocation(1, SECRET));
    }

    @Test
    void otherEnginesAndOtherPathsHoldNoSecret() {
        assertThat(KvLocation.of(SECRET, mount("team/kv/", "database", "null"))).isEmpty();
        assertThat(KvLocation.of(SECRET, mount("elsewhere/", "kv", "null"))).isEmpty();
        assertThat(KvLocation.of("team/kv/", mount("team/kv/", "kv", "null"))).isEmpty();
    }

    @Test
    void everyMountIsGuessedBeforeVersionOne() {
        assertThat(KvLocation.guesses("a/b/c"))
                .containsExactly(
                        new KvLocation(2, "a/data/b/c"), new KvLocation(2, "a/b/data/c"), new KvLocation(1, "a/b/c"));
        assertThat(KvLocation.guesses("alone")).containsExactly(new KvLocation(1, "alone"));
    }

    @Test
    void guessOfVersionTwoBelievesOnlyAnAnswerOfItsForm() {
        JsonNode two = VaultReplyTest.reply(200, "{\"data\":{\"data\":{\"host\":\"h\"},\"metadata\":{\"version\":1}}}")
                .body();
        JsonNode one = VaultReplyTest.reply(200, "{\"data\":{\"data\":{\"host\":\"h\"}}}")
                .body();

        assertThat(new KvLocation(2, "x").valuesIn(two).path("host").asText()).isEqualTo("h");
        assertThat(new KvLocation(2, "x").valuesIn(one).isMissingNode()).isTrue();
        assertThat(new KvLocation(1, "x").valuesIn(one).has("data")).isTrue();
    }

    @Test
    void mostTellingAnswerDecides() {
        VaultReply denied = VaultReplyTest.reply(403, "{\"errors\":[\"permission denied\"]}");
        VaultReply missing = VaultReplyTest.reply(404, "{\"errors\":[]}");
        VaultReply deleted = VaultReplyTest.reply(
                404,
                "{\"data\":{\"data\":null,\"metadata\":{\"version\":3,\"deletion_time\":\"2026-01-01T00:00:00Z\"}}}");

        assertThat(refusal(denied, denied)).isEqualTo(ExitStatus.ACCESS_DENIED);
        assertThat(refusal(missing, denied)).isEqualTo(ExitStatus.CONFIG);
        assertThat(KvReader.refusal(SECRET, KvLocation.guesses(SECRET), List.of(denied, missing, deleted))
                        .message())
                .isEqualTo("Version 3, the newest, of the Vault secret team/kv/app/postgres was deleted at"
                        + " 2026-01-01T00:00:00Z.");
        assertThat(KvReader.refusal(SECRET, KvLocation.guesses(SECRET), List.of(VaultReplyTest.reply(405, "{}")))
                        .message())
                .contains("HTTP status 405");
    }

    private static ExitStatus refusal(VaultReply... replies) {
        return KvReader.refusal(SECRET, KvLocation.guesses(SECRET), List.of(replies))
                .status();
    }

    private static JsonNode mount(String path, String type, String options) {
        return VaultReplyTest.reply(
                        200,
                        "{\"data\":{\"path\":\"%s\",\"type\":\"%s\",\"options\":%s}}".formatted(path, type, options))
                .body()
                .path("data");
    }
}
