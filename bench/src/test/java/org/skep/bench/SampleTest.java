package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void theMedianIsTheMiddleOneOrHalfWayBetweenTwo() {
    assertEquals(2, Sample.of(List.of(9.0, 1.0, 2.0)).median());
    assertEquals(2.5, Sample.of(List.of(9.0, 1.0, 2.0, 3.0)).median());
    assertEquals(7, Sample.of(List.of(7.0)).median());
  }

  @Test
  void aPercentileIsAMeasuredValue() {
    Sample hundred = Sample.of(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());
    assertEquals(90, hundred.percentile(90));
    assertEquals(99, hundred.percentile(99));
    assertEquals(100, hundred.percentile(100));
    assertEquals(1, hundred.percentile(1));

    Sample ten = Sample.of(IntStream.rangeClosed(1, 10).mapToObj(i -> (double) i).toList());
    assertEquals(9, ten.percentile(90));
    assertEquals(10, ten.percentile(91));
    assertEquals(10, ten.percentile(99));
    assertEquals(7, Sample.of(List.of(7.0)).percentile(1));
  }

  @Test
  void theWordsSayHowFarValuesLieApart() {
    assertEquals("2.00 s  (1.00 to 9.50)", Sample.of(List.of(9.5, 1.0, 2.0)).words(2, "s"));
  }

  @Test
  void nothingHasNoMedianAndNoValueIsAboveAll() {
    assertThrows(IllegalArgumentException.class, () -> Sample.of(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Sample.of(List.of(1.0)).percentile(0));
    assertThrows(IllegalArgumentException.class, () -> Sample.of(List.of(1.0)).percentile(101));
  }
}
