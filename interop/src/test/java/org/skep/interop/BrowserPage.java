package org.skep.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One page in a {@link Chromium}, used as a person would: by what stands on it. */
final class BrowserPage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MS = 20_000;

  private final Chromium browser;
  private final String session;

  BrowserPage(Chromium browser, String session, int width, int height) throws InterruptedException {
    this.browser = browser;
    this.session = session;
    for (String domain : List.of("Page", "Runtime", "Network", "Log", "Security")) {
      call(domain + ".enable", Chromium.parameters());
    }
    resize(width, height, 1);
  }

  private JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
    return browser.call(session, method, parameters);
  }

  /** Gives the page another size, in CSS pixels, and density. */
  void resize(int width, int height, int density) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Chromium.parameters()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", density)
            .put("mobile", false));
  }

  /** Asks for light or dark pages. */
  void prefer(String colours) throws InterruptedException {
    ObjectNode parameters = Chromium.parameters();
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", colours);
    call("Emulation.setEmulatedMedia", parameters);
  }

  void open(String url) throws InterruptedException {
    JsonNode answer = call("Page.navigate", Chromium.parameters().put("url", url));
    if (answer.has("errorText")) {
      throw new AssertionError(url + ": " + answer.get("errorText"));
    }
  }

  /** The value of an expression, as JSON. */
  JsonNode evaluate(String expression) throws InterruptedException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Chromium.parameters()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + "\n" + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  /** Waits until an expression is true. */
  void await(String expression) throws InterruptedException {
    String wait =
        """
        new Promise((resolve) => {
          const end = performance.now() + %d;
          (function look() {
            if (%s) resolve('');
            else if (performance.now() > end) resolve(document.body.innerText || '(empty)');
            else setTimeout(look, 30);
          })();
        })\
        """
            .formatted(PATIENCE_MS, expression);
    String instead = evaluate(wait).asString();
    if (!instead.isEmpty()) {
      throw new AssertionError("never true: " + expression + "\nthe page says: " + instead);
    }
  }

  /** Waits until these words are on the page. */
  void awaitWords(String words) throws InterruptedException {
    await("document.body?.innerText.includes(" + JSON.writeValueAsString(words) + ")");
  }

  /** Presses the first control of this name, else one that begins so, with the mouse. */
  void press(String name) throws InterruptedException {
    JsonNode middle =
        evaluate(
            "(() => {"
                + find(name)
                + "found.scrollIntoView({block: 'center'});"
                + "const box = found.getBoundingClientRect();"
                + "return {x: box.x + box.width / 2, y: box.y + box.height / 2};})()");
    for (String kind : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Chromium.parameters()
              .put("type", kind)
              .put("x", middle.get("x").asDouble())
              .put("y", middle.get("y").asDouble())
              .put("button", "left")
              .put("clickCount", 1));
    }
  }

  /** Replaces what is in the field of this name by these words. */
  void write(String name, String words) throws InterruptedException {
    evaluate("(() => {" + find(name) + "found.focus(); found.select();})()");
    call("Input.insertText", Chromium.parameters().put("text", words));
  }

  /** Gives files to the page's one file field, as choosing them would. */
  void chooseFiles(Path... chosen) throws InterruptedException {
    await("document.querySelector('input[type=file]')");
    JsonNode field =
        call(
            "Runtime.evaluate",
            Chromium.parameters().put("expression", "document.querySelector('input[type=file]')"));
    ObjectNode parameters =
        Chromium.parameters().put("objectId", field.get("result").get("objectId").asString());
    ArrayNode files = parameters.putArray("files");
    List.of(chosen).forEach(file -> files.add(file.toString()));
    call("DOM.setFileInputFiles", parameters);
  }

  /** A script that finds a control by its label, its accessible name or its words. */
  private String find(String name) throws InterruptedException {
    String script =
        """
        const wanted = %s;
        const nameOf = (e) => (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent
            ?? e.textContent).replace(/\\s+/g, ' ').trim();
        // While a question is asked nothing behind it can be pressed.
        const place = document.querySelector('dialog[open]') ?? document;
        const all = [...place.querySelectorAll('button, a, input, textarea, summary')]
            .filter((e) => nameOf(e).startsWith(wanted) && e.checkVisibility());
        const found = all.find((e) => nameOf(e) === wanted) ?? all[0];
        """
            .formatted(JSON.writeValueAsString(name));
    await("(() => {" + script + "return found && !found.disabled;})()");
    return script;
  }

  /** How many pixels the page is wider than its window. */
  int overhang() throws InterruptedException {
    return evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .asInt();
  }

  /** Every address this page asked for. */
  List<String> requests() {
    return browser.events(session, "Network.requestWillBeSent").stream()
        .map(event -> event.get("request").get("url").asString())
        .toList();
  }

  /** What the browser complained about: broken policies, failed scripts, errors, warnings. */
  List<String> complaints() {
    List<String> said =
        browser.events(session, "Log.entryAdded").stream()
            .map(event -> event.get("entry"))
            .filter(entry -> List.of("error", "warning").contains(entry.get("level").asString()))
            .map(JsonNode::toString)
            .toList();
    List<String> thrown =
        browser.events(session, "Runtime.exceptionThrown").stream()
            .map(JsonNode::toString)
            .toList();
    List<String> logged =
        browser.events(session, "Runtime.consoleAPICalled").stream()
            .filter(event -> List.of("error", "warning").contains(event.get("type").asString()))
            .map(JsonNode::toString)
            .toList();
    return Stream.of(said, thrown, logged).flatMap(List::stream).toList();
  }

  /** Writes what is seen to a PNG file. */
  void picture(Path file) throws InterruptedException, IOException {
    JsonNode answer = call("Page.captureScreenshot", Chromium.parameters().put("format", "png"));
    Files.write(file, Base64.getDecoder().decode(answer.get("data").asString()));
  }
}
