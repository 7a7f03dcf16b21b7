package io.schemajob.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A page in a {@link Chromium}, with what it complained about and what it asked for. */
public final class BrowserPage implements AutoCloseable {
    /** Keys that are no characters, with the codes that Windows gave them. */
    private static final Map<String, Integer> KEYS = Map.of(
            "Tab", 9, "Enter", 13, "Escape", 27, "ArrowLeft", 37, "ArrowUp", 38, "ArrowRight", 39, "ArrowDown", 40);

    private final Chromium browser;
    private final String target;
    private final String session;
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private BrowserPage(Chromium browser, String target, String session) {
        this.browser = browser;
        this.target = target;
        this.session = session;
    }

    static BrowserPage open(Chromium browser, Path file, int width, int height) {
        String target = browser.send(null, "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        String session = browser.send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        BrowserPage page = new BrowserPage(browser, target, session);
        browser.listen(page::hear);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            page.send(domain + ".enable", Map.of());
        }
        page.send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        page.send("Page.navigate", Map.of("url", file.toUri().toString()));
        try {
            page.loaded.get(Promptly.LIMIT.toMillis() * 3, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new AssertionError(file + " was not loaded", e);
        }
        page.send("Page.bringToFront", Map.of());
        return page;
    }

    private void hear(JsonNode event) {
        if (!event.path("sessionId").asText().equals(session)) {
            return;
        }
        JsonNode what = event.path("params");
        switch (event.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.complete(null);
            case "Runtime.exceptionThrown" ->
                problems.add(what.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> problems.add(what.path("args").toString());
            case "Log.entryAdded" -> problems.add(what.at("/entry/text").asText());
            case "Network.requestWillBeSent" ->
                requests.add(what.at("/request/url").asText());
            default -> {}
        }
    }

    /** Errors and refusals of scripts, styles and the page's policy. */
    public List<String> problems() {
        return problems;
    }

    /** The addresses that it asked for. */
    public List<String> requests() {
        return requests;
    }

    /** The value of an expression, as JSON. */
    public JsonNode value(String expression) {
        JsonNode result =
                send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    public String text(String expression) {
        return value(expression).asText();
    }

    public int number(String expression) {
        return value(expression).asInt();
    }

    public boolean is(String expression) {
        return value(expression).asBoolean();
    }

    /** Presses and releases a key of the keyboard: a character, or a name such as {@code ArrowDown}. */
    public BrowserPage key(String key) {
        Map<String, Object> event = new HashMap<>(Map.of("type", "keyDown", "key", key));
        if (KEYS.containsKey(key)) {
            event.put("windowsVirtualKeyCode", KEYS.get(key));
            if (key.equals("Enter")) {
                event.put("text", "\r");
            }
        } else {
            event.put("text", key);
        }
        send("Input.dispatchKeyEvent", event);
        event.put("type", "keyUp");
        event.remove("text");
        send("Input.dispatchKeyEvent", event);
        return this;
    }

    public BrowserPage type(String text) {
        text.chars().forEach(c -> key(Character.toString(c)));
        return this;
    }

    /** Presses the mouse in the middle of an element, moves it and lets go. */
    public BrowserPage drag(String selector, int byX, int byY) {
        JsonNode box = value(
                "(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
                        .formatted(quoted(selector)));
        double x = box.path(0).asDouble();
        double y = box.path(1).asDouble();
        mouse("mouseMoved", x, y);
        mouse("mousePressed", x, y);
        for (int step = 1; step <= 4 && (byX != 0 || byY != 0); step++) {
            mouse("mouseMoved", x + byX * step / 4.0, y + byY * step / 4.0);
        }
        mouse("mouseReleased", x + byX, y + byY);
        return this;
    }

    public BrowserPage click(String selector) {
        return drag(selector, 0, 0);
    }

    private void mouse(String type, double x, double y) {
        boolean pressed = !type.equals("mouseReleased");
        send(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", pressed ? 1 : 0, "clickCount", 1));
    }

    /** Light or dark, screen or paper. */
    public BrowserPage media(String media, String scheme) {
        send(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** What is seen of it, as PNG. */
    public byte[] picture() {
        return Base64.getDecoder()
                .decode(send("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        return browser.send(session, method, parameters);
    }

    @Override
    public void close() {
        browser.send(null, "Target.closeTarget", Map.of("targetId", target));
    }
}
