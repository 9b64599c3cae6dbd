// How the fallen one stirs: lids that fall shut and later tremble, a shiver that stills.
#pragma once
#pragma include "frame.glsl"

const float SHIVER = 0.0017;  // metres
const float VACANT = 0.55;    // how far open eyes are that see nothing

// 0 shut .. 1 open. As the shivering stills the eyes fall shut; at last they tremble and are
// about to open.
float opened() {
    float vacant = VACANT * smoothstep(0.06, 0.42, S_shiver);
    float stirred = S_lids * clamp(0.02 + 0.36 * S_flutter, 0.0, 1.0);
    return max(vacant, stirred);
}

// 6 to 9 Hz, in bursts, a little out of step along the body; what touches the stone stays.
vec3 shiver(vec3 p) {
    float t = S_breath * 2.0 * PI;
    float burst = 0.55 + 0.45 * sin(t * 0.31) * sin(t * 0.173 + 1.0);
    vec3 way = vec3(sin(t * 7.3 + p.y * 7.0), 0.6 * sin(t * 6.1 + p.x * 9.0), 0.8 * sin(t * 8.7 + p.y * 5.0 + 2.0));
    return SHIVER * S_shiver * burst * smoothstep(0.004, 0.09, p.z) * way;
}
