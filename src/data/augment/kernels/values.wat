;; From bytes to a net's numbers, for one image in memory. The same bits as JavaScript's arithmetic: double, rounded to float
;; when it is stored.
(module
  (memory (export "memory") 4)

  ;; Rows of bytes become rows of numbers. `table` has 256 numbers for each channel. `step` bytes lie between the numbers of a
  ;; pixel and those of the next: negative for a mirror image, whose rows begin with their last pixel.
  (func (export "lookUp")
    (param $table i32) (param $source i32) (param $stride i32) (param $height i32) (param $rowBytes i32) (param $channels i32)
    (param $out i32) (param $outStride i32) (param $step i32)
    (local $byte i32) (local $end i32) (local $number i32) (local $channel i32)
    (loop $row
      (local.set $byte (local.get $source))
      (local.set $end (i32.add (local.get $source) (local.get $rowBytes)))
      (local.set $number (local.get $out))
      (if (i32.eq (local.get $channels) (i32.const 3))
        (then ;; nearly all pictures: twice as fast
          (loop $colour
            (i32.store (local.get $number) (i32.load
              (i32.add (local.get $table) (i32.shl (i32.load8_u (local.get $byte)) (i32.const 2)))))
            (i32.store offset=4 (local.get $number) (i32.load offset=1024
              (i32.add (local.get $table) (i32.shl (i32.load8_u offset=1 (local.get $byte)) (i32.const 2)))))
            (i32.store offset=8 (local.get $number) (i32.load offset=2048
              (i32.add (local.get $table) (i32.shl (i32.load8_u offset=2 (local.get $byte)) (i32.const 2)))))
            (local.set $byte (i32.add (local.get $byte) (i32.const 3)))
            (local.set $number (i32.add (local.get $number) (local.get $step)))
            (br_if $colour (i32.lt_u (local.get $byte) (local.get $end)))))
        (else
          (loop $pixel
            (local.set $channel (i32.const 0))
            (loop $part
              (i32.store (i32.add (local.get $number) (i32.shl (local.get $channel) (i32.const 2))) (i32.load
                (i32.add (local.get $table) (i32.shl
                  (i32.add (i32.shl (local.get $channel) (i32.const 8))
                    (i32.load8_u (i32.add (local.get $byte) (local.get $channel))))
                  (i32.const 2)))))
              (local.set $channel (i32.add (local.get $channel) (i32.const 1)))
              (br_if $part (i32.lt_u (local.get $channel) (local.get $channels))))
            (local.set $byte (i32.add (local.get $byte) (local.get $channels)))
            (local.set $number (i32.add (local.get $number) (local.get $step)))
            (br_if $pixel (i32.lt_u (local.get $byte) (local.get $end))))))
      (local.set $source (i32.add (local.get $source) (local.get $stride)))
      (local.set $out (i32.add (local.get $out) (local.get $outStride)))
      (local.set $height (i32.sub (local.get $height) (i32.const 1)))
      (br_if $row (local.get $height))))

  ;; (value / range − centre) / spread in place, three channels, two pixels at a time: room for one more pixel is needed.
  (func (export "normalise")
    (param $values i32) (param $pixels i32) (param $range f64)
    (param $centre0 f64) (param $centre1 f64) (param $centre2 f64)
    (param $spread0 f64) (param $spread1 f64) (param $spread2 f64)
    (local $end i32) (local $by v128)
    (local $centre01 v128) (local $centre20 v128) (local $centre12 v128)
    (local $spread01 v128) (local $spread20 v128) (local $spread12 v128)
    (local.set $end (i32.add (local.get $values) (i32.mul (local.get $pixels) (i32.const 12))))
    (local.set $by (f64x2.splat (local.get $range)))
    (local.set $centre01 (f64x2.replace_lane 1 (f64x2.splat (local.get $centre0)) (local.get $centre1)))
    (local.set $centre20 (f64x2.replace_lane 1 (f64x2.splat (local.get $centre2)) (local.get $centre0)))
    (local.set $centre12 (f64x2.replace_lane 1 (f64x2.splat (local.get $centre1)) (local.get $centre2)))
    (local.set $spread01 (f64x2.replace_lane 1 (f64x2.splat (local.get $spread0)) (local.get $spread1)))
    (local.set $spread20 (f64x2.replace_lane 1 (f64x2.splat (local.get $spread2)) (local.get $spread0)))
    (local.set $spread12 (f64x2.replace_lane 1 (f64x2.splat (local.get $spread1)) (local.get $spread2)))
    (loop $pair
      (v128.store64_lane 0 (local.get $values) (f32x4.demote_f64x2_zero (f64x2.div (f64x2.sub (f64x2.div
        (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $values)))
        (local.get $by)) (local.get $centre01)) (local.get $spread01))))
      (v128.store64_lane offset=8 0 (local.get $values) (f32x4.demote_f64x2_zero (f64x2.div (f64x2.sub (f64x2.div
        (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $values)))
        (local.get $by)) (local.get $centre20)) (local.get $spread20))))
      (v128.store64_lane offset=16 0 (local.get $values) (f32x4.demote_f64x2_zero (f64x2.div (f64x2.sub (f64x2.div
        (f64x2.promote_low_f32x4 (v128.load64_zero offset=16 (local.get $values)))
        (local.get $by)) (local.get $centre12)) (local.get $spread12))))
      (local.set $values (i32.add (local.get $values) (i32.const 24)))
      (br_if $pair (i32.lt_u (local.get $values) (local.get $end)))))

  ;; value × factor + offset, cut to 0 … 255, in place, four at a time.
  (func (export "scale") (param $values i32) (param $count i32) (param $factor f64) (param $offset f64)
    (local $end i32) (local $four v128) (local $by v128) (local $plus v128) (local $most v128) (local $least v128)
    (local.set $end (i32.add (local.get $values) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $by (f64x2.splat (local.get $factor)))
    (local.set $plus (f64x2.splat (local.get $offset)))
    (local.set $most (f64x2.splat (f64.const 255)))
    (loop $next
      (local.set $four (v128.load (local.get $values)))
      (v128.store64_lane 0 (local.get $values) (f32x4.demote_f64x2_zero
        (f64x2.pmax (f64x2.pmin (f64x2.add (f64x2.mul (local.get $by)
          (f64x2.promote_low_f32x4 (local.get $four))) (local.get $plus)) (local.get $most)) (local.get $least))))
      (v128.store64_lane offset=8 0 (local.get $values) (f32x4.demote_f64x2_zero
        (f64x2.pmax (f64x2.pmin (f64x2.add (f64x2.mul (local.get $by)
          (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7
            (local.get $four) (local.get $four)))) (local.get $plus)) (local.get $most)) (local.get $least))))
      (local.set $values (i32.add (local.get $values) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $values) (local.get $end)))))

  ;; The sum over all pixels of their grey, ITU-R BT.601, one after the other.
  (func (export "greySum") (param $values i32) (param $pixels i32) (result f64)
    (local $end i32) (local $sum f64)
    (local.set $end (i32.add (local.get $values) (i32.mul (local.get $pixels) (i32.const 12))))
    (loop $pixel
      (local.set $sum (f64.add (local.get $sum) (f64.add
        (f64.add
          (f64.mul (f64.const 0.299) (f64.promote_f32 (f32.load (local.get $values))))
          (f64.mul (f64.const 0.587) (f64.promote_f32 (f32.load offset=4 (local.get $values)))))
        (f64.mul (f64.const 0.114) (f64.promote_f32 (f32.load offset=8 (local.get $values)))))))
      (local.set $values (i32.add (local.get $values) (i32.const 12)))
      (br_if $pixel (i32.lt_u (local.get $values) (local.get $end))))
    (local.get $sum))

  ;; value × factor + (1 − factor) × the pixel's grey, cut to 0 … 255, in place.
  (func (export "saturate") (param $values i32) (param $pixels i32) (param $factor f64)
    (local $end i32) (local $pixel v128) (local $grey v128) (local $by v128) (local $most v128) (local $least v128)
    (local.set $end (i32.add (local.get $values) (i32.mul (local.get $pixels) (i32.const 12))))
    (local.set $by (f64x2.splat (local.get $factor)))
    (local.set $most (f64x2.splat (f64.const 255)))
    (loop $next
      (local.set $grey (f64x2.splat (f64.mul (f64.sub (f64.const 1) (local.get $factor)) (f64.add
        (f64.add
          (f64.mul (f64.const 0.299) (f64.promote_f32 (f32.load (local.get $values))))
          (f64.mul (f64.const 0.587) (f64.promote_f32 (f32.load offset=4 (local.get $values)))))
        (f64.mul (f64.const 0.114) (f64.promote_f32 (f32.load offset=8 (local.get $values))))))))
      (local.set $pixel (v128.load (local.get $values)))
      (v128.store64_lane 0 (local.get $values) (f32x4.demote_f64x2_zero
        (f64x2.pmax (f64x2.pmin (f64x2.add (f64x2.mul (local.get $by)
          (f64x2.promote_low_f32x4 (local.get $pixel))) (local.get $grey)) (local.get $most)) (local.get $least))))
      (v128.store32_lane offset=8 0 (local.get $values) (f32x4.demote_f64x2_zero
        (f64x2.pmax (f64x2.pmin (f64x2.add (f64x2.mul (local.get $by)
          (f64x2.promote_low_f32x4 (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7
            (local.get $pixel) (local.get $pixel)))) (local.get $grey)) (local.get $most)) (local.get $least))))
      (local.set $values (i32.add (local.get $values) (i32.const 12)))
      (br_if $next (i32.lt_u (local.get $values) (local.get $end)))))

  ;; A number for each of three channels is added in place, two pixels at a time: room for one more pixel is needed.
  (func (export "shift") (param $values i32) (param $pixels i32) (param $add0 f64) (param $add1 f64) (param $add2 f64)
    (local $end i32) (local $add01 v128) (local $add20 v128) (local $add12 v128)
    (local.set $end (i32.add (local.get $values) (i32.mul (local.get $pixels) (i32.const 12))))
    (local.set $add01 (f64x2.replace_lane 1 (f64x2.splat (local.get $add0)) (local.get $add1)))
    (local.set $add20 (f64x2.replace_lane 1 (f64x2.splat (local.get $add2)) (local.get $add0)))
    (local.set $add12 (f64x2.replace_lane 1 (f64x2.splat (local.get $add1)) (local.get $add2)))
    (loop $pair
      (v128.store64_lane 0 (local.get $values) (f32x4.demote_f64x2_zero (f64x2.add
        (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $values))) (local.get $add01))))
      (v128.store64_lane offset=8 0 (local.get $values) (f32x4.demote_f64x2_zero (f64x2.add
        (f64x2.promote_low_f32x4 (v128.load64_zero offset=8 (local.get $values))) (local.get $add20))))
      (v128.store64_lane offset=16 0 (local.get $values) (f32x4.demote_f64x2_zero (f64x2.add
        (f64x2.promote_low_f32x4 (v128.load64_zero offset=16 (local.get $values))) (local.get $add12))))
      (local.set $values (i32.add (local.get $values) (i32.const 24)))
      (br_if $pair (i32.lt_u (local.get $values) (local.get $end))))))
