package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PictureTest {
  private static Intake intake(long cpuMillis, long halfMillis, double memoryMib) {
    return new Intake(
        100_000,
        Duration.ofMillis(cpuMillis),
        Duration.ofMillis(halfMillis),
        Duration.ZERO,
        Duration.ofMillis(27_200),
        memoryMib * 1_048_576,
        114_700_000);
  }

  private static final Picture PICTURE =
      new Picture(
          "Taking in <many> & more",
          "then & there",
          List.of(
              new Side(
                  "Skep",
                  List.of(
                      intake(35_625, 21_537, 280),
                      intake(34_900, 21_000, 279),
                      intake(36_150, 22_000, 281))),
              new Side("ssb-db2", List.of(intake(15_131, 7_921, 448)))));

  private static Document document() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(PICTURE.svg().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void itIsWellFormedAndSaysInWordsWhatItShows() throws Exception {
    Document svg = document();

    assertEquals(
        "Taking in <many> & more", svg.getElementsByTagName("title").item(0).getTextContent());
    String words = svg.getElementsByTagName("desc").item(0).getTextContent();
    assertTrue(words.startsWith("Skep: for each CPU-second 2,807 messages; "), words);
    assertTrue(words.contains("ssb-db2: for each CPU-second 6,609 messages; "), words);
    assertTrue(words.endsWith("then & there"), words);
    assertEquals(0, svg.getElementsByTagName("script").getLength());
  }

  @Test
  void everyFigureIsWrittenBesideItsBar() throws Exception {
    NodeList texts = document().getElementsByTagName("text");
    StringBuilder written = new StringBuilder();
    for (int i = 0; i < texts.getLength(); i++) {
      written.append(texts.item(i).getTextContent()).append('\n');
    }
    for (String figure :
        List.of(
            "2,807 messages", "6,609 messages", "27.20 s", "280 MiB", "1,147 bytes a message")) {
      assertTrue(written.toString().contains("\n" + figure + "\n"), figure + " in " + written);
    }
  }

  @Test
  void barsAreAsLongAsTheirFigures() throws Exception {
    NodeList bars = document().getElementsByTagName("rect");
    // The ground and the two of the legend come first.
    double ours = width(bars, 3);
    double theirs = width(bars, 4);

    assertEquals(330, theirs, 0.1);
    assertEquals(2_807.0 / 6_609, ours / theirs, 0.001);
  }

  private static double width(NodeList bars, int index) {
    return Double.parseDouble(((Element) bars.item(index)).getAttribute("width"));
  }
}
