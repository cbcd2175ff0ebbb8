;; The two passes of resample.ts. All pixels of a pass have `taps` weights, of which those that are not needed are zero; weights
;; are 22 bits of fraction. A product of bytes with them takes 32 bits. The columns take two taps at once, in instructions that
;; multiply 16 bits: there a weight comes as its upper and its lower 11 bits, and the sums are put together at the end, which
;; gives the same bits. Reads may pass the end of an array by `taps` pixels or rows, and reads and writes by sixteen bytes more:
;; whoever calls leaves room.
(module
  (memory (export "memory") 16)
  (global $rounding i32 (i32.const 2097152))

  ;; Each row of `source` [height, stride bytes], up to four channels, becomes one of `width` pixels in `out`. `first` has for each
  ;; of them where its first input pixel lies in the row, in bytes. `weights` has for each two taps four 16-bit numbers: the upper
  ;; bits of both and the lower bits of both. `outStride` leaves three bytes or more between rows.
  (func (export "columns")
    (param $source i32) (param $height i32) (param $stride i32) (param $channels i32)
    (param $first i32) (param $weights i32) (param $taps i32) (param $width i32)
    (param $out i32) (param $outStride i32)
    (local $x i32) (local $pixel i32) (local $weight i32) (local $weightEnd i32) (local $next i32) (local $outStart i32)
    (local $interleave v128) (local $above v128) (local $below v128) (local $upperWeights v128) (local $lowerWeights v128)
    (local $aboveUpper v128) (local $aboveLower v128) (local $belowUpper v128) (local $belowLower v128)
    ;; Bytes 0 and `channels`, 1 and `channels` + 1, …, each as 16 bits.
    (local.set $interleave (i8x16.add
      (v128.const i8x16 0 128 0 128 1 128 1 128 2 128 2 128 3 128 3 128)
      (v128.and (i8x16.splat (local.get $channels))
        (v128.const i8x16 0 0 255 0 0 0 255 0 0 0 255 0 0 0 255 0))))
    (local.set $next (local.get $stride))
    (loop $rows ;; two at once; a last one alone is done twice
      (if (i32.eq (local.get $height) (i32.const 1)) (then
        (local.set $next (i32.const 0))
        (local.set $outStride (i32.const 0))))
      (local.set $x (i32.const 0))
      (local.set $outStart (local.get $out))
      (local.set $weight (local.get $weights))
      (loop $column
        (local.set $pixel (i32.add (local.get $source)
          (i32.load (i32.add (local.get $first) (i32.shl (local.get $x) (i32.const 2))))))
        (local.set $weightEnd (i32.add (local.get $weight) (i32.shl (local.get $taps) (i32.const 2))))
        (local.set $aboveUpper (v128.const i32x4 0 0 0 0))
        (local.set $belowUpper (v128.const i32x4 0 0 0 0))
        (local.set $aboveLower (i32x4.splat (global.get $rounding)))
        (local.set $belowLower (local.get $aboveLower))
        (loop $pair
          (local.set $above (i8x16.swizzle (v128.load64_zero (local.get $pixel)) (local.get $interleave)))
          (local.set $below (i8x16.swizzle
            (v128.load64_zero (i32.add (local.get $pixel) (local.get $next))) (local.get $interleave)))
          (local.set $upperWeights (v128.load32_splat (local.get $weight)))
          (local.set $lowerWeights (v128.load32_splat offset=4 (local.get $weight)))
          (local.set $aboveUpper (i32x4.add (local.get $aboveUpper)
            (i32x4.dot_i16x8_s (local.get $above) (local.get $upperWeights))))
          (local.set $belowUpper (i32x4.add (local.get $belowUpper)
            (i32x4.dot_i16x8_s (local.get $below) (local.get $upperWeights))))
          (local.set $aboveLower (i32x4.add (local.get $aboveLower)
            (i32x4.dot_i16x8_s (local.get $above) (local.get $lowerWeights))))
          (local.set $belowLower (i32x4.add (local.get $belowLower)
            (i32x4.dot_i16x8_s (local.get $below) (local.get $lowerWeights))))
          (local.set $pixel (i32.add (local.get $pixel) (i32.shl (local.get $channels) (i32.const 1))))
          (local.set $weight (i32.add (local.get $weight) (i32.const 8)))
          (br_if $pair (i32.lt_u (local.get $weight) (local.get $weightEnd))))
        (local.set $above (i32x4.shr_s
          (i32x4.add (i32x4.shl (local.get $aboveUpper) (i32.const 11)) (local.get $aboveLower)) (i32.const 22)))
        (local.set $below (i32x4.shr_s
          (i32x4.add (i32x4.shl (local.get $belowUpper) (i32.const 11)) (local.get $belowLower)) (i32.const 22)))
        (local.set $above (i16x8.narrow_i32x4_s (local.get $above) (local.get $below)))
        (local.set $above (i8x16.narrow_i16x8_u (local.get $above) (local.get $above)))
        (v128.store32_lane 0 (local.get $out) (local.get $above))
        (v128.store32_lane 1 (i32.add (local.get $out) (local.get $outStride)) (local.get $above))
        (local.set $out (i32.add (local.get $out) (local.get $channels)))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (br_if $column (i32.lt_u (local.get $x) (local.get $width))))
      (local.set $out (i32.add (local.get $outStart) (i32.shl (local.get $outStride) (i32.const 1))))
      (local.set $source (i32.add (local.get $source) (i32.shl (local.get $stride) (i32.const 1))))
      (local.set $height (i32.sub (local.get $height) (i32.const 2)))
      (br_if $rows (i32.gt_s (local.get $height) (i32.const 0)))))

  ;; Rows of `source`, `stride` bytes apart, become `height` rows of `outStride` bytes in `out`. `first` has where each one's first input row lies.
  (func (export "rows")
    (param $source i32) (param $stride i32)
    (param $first i32) (param $weights i32) (param $taps i32) (param $height i32)
    (param $out i32) (param $outStride i32)
    (local $byte i32) (local $pixel i32) (local $weight i32) (local $weightEnd i32)
    (local $w v128) (local $low v128) (local $high v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (loop $row
      (local.set $weightEnd (i32.add (local.get $weights) (i32.shl (local.get $taps) (i32.const 2))))
      (local.set $byte (i32.const 0))
      (loop $block
        (local.set $pixel (i32.add (i32.add (local.get $source) (local.get $byte)) (i32.load (local.get $first))))
        (local.set $weight (local.get $weights))
        (local.set $a (i32x4.splat (global.get $rounding)))
        (local.set $b (local.get $a))
        (local.set $c (local.get $a))
        (local.set $d (local.get $a))
        (loop $tap
          (local.set $w (v128.load32_splat (local.get $weight)))
          (local.set $high (v128.load (local.get $pixel)))
          (local.set $low (i16x8.extend_low_i8x16_u (local.get $high)))
          (local.set $high (i16x8.extend_high_i8x16_u (local.get $high)))
          (local.set $a (i32x4.add (local.get $a) (i32x4.mul (local.get $w) (i32x4.extend_low_i16x8_u (local.get $low)))))
          (local.set $b (i32x4.add (local.get $b) (i32x4.mul (local.get $w) (i32x4.extend_high_i16x8_u (local.get $low)))))
          (local.set $c (i32x4.add (local.get $c) (i32x4.mul (local.get $w) (i32x4.extend_low_i16x8_u (local.get $high)))))
          (local.set $d (i32x4.add (local.get $d) (i32x4.mul (local.get $w) (i32x4.extend_high_i16x8_u (local.get $high)))))
          (local.set $pixel (i32.add (local.get $pixel) (local.get $stride)))
          (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
          (br_if $tap (i32.lt_u (local.get $weight) (local.get $weightEnd))))
        (v128.store (i32.add (local.get $out) (local.get $byte)) (i8x16.narrow_i16x8_u
          (i16x8.narrow_i32x4_s
            (i32x4.shr_s (local.get $a) (i32.const 22)) (i32x4.shr_s (local.get $b) (i32.const 22)))
          (i16x8.narrow_i32x4_s
            (i32x4.shr_s (local.get $c) (i32.const 22)) (i32x4.shr_s (local.get $d) (i32.const 22)))))
        (local.set $byte (i32.add (local.get $byte) (i32.const 16)))
        (br_if $block (i32.lt_u (local.get $byte) (local.get $outStride))))
      (local.set $out (i32.add (local.get $out) (local.get $outStride)))
      (local.set $first (i32.add (local.get $first) (i32.const 4)))
      (local.set $weights (local.get $weightEnd))
      (local.set $height (i32.sub (local.get $height) (i32.const 1)))
      (br_if $row (local.get $height)))))
