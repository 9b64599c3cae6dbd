#version 330
// The thousandth dawn: one great world rises in the west, its sun behind it, until the morning
// fills the picture.
#pragma include "lib/frame.glsl"
#pragma include "lib/color.glsl"
#pragma include "lib/noise.glsl"
in vec3 v_dir;
out vec4 color;

const float REACH = 1.24;  // radians: apparent radius of the great world

vec3 warm(float t) {
    vec3 c = mix(srgb(0xD8485A), srgb(0xFF7E6B), smoothstep(0.0, 0.30, t));
    c = mix(c, srgb(0xFFB48A), smoothstep(0.22, 0.60, t));
    return mix(c, srgb(0xFFE3B8), smoothstep(0.50, 1.0, t));
}

// Cloud of three sizes, each turned its own way so that no tile shows.
float clouded(vec2 at, vec2 bend) {
    vec2 a = mat2(0.80, 0.60, -0.60, 0.80) * at, b = mat2(0.53, -0.85, 0.85, 0.53) * at;
    float cover = texture(u_clouds, b * 0.83 + 0.19).y;
    float big = texture(u_clouds, a * 2.3 + bend * 0.42).x;
    float fine = texture(u_clouds, b * 8.1 + bend * 0.9).y;
    return (big * 0.58 + fine * 0.42) * (0.62 + 0.62 * cover);
}

void main() {
    vec3 dir = normalize(v_dir);
    float rise = S_last_dawn;
    float top = mix(-0.62, 0.035, 1.0 - pow(1.0 - rise, 1.7));  // radians: height of the limb
    float low = top - REACH;
    vec3 centre = vec3(-cos(low), 0.0, sin(low));
    vec3 up = vec3(sin(low), 0.0, cos(low));
    float cosine = dot(dir, centre);
    float off = acos(clamp(cosine, -1.0, 1.0)) - REACH;  // radians above the limb
    float along = atan(dir.y, dot(dir, up));             // round the limb, 0 at its top
    float sun_up = mix(-0.10, 0.085, smoothstep(0.15, 1.0, rise));
    float sun_low = low + REACH + sun_up;
    vec3 sun = vec3(-cos(sun_low), 0.0, sin(sun_low));
    float from_sun = acos(clamp(dot(dir, sun), -1.0, 1.0));

    // How far round the limb the light has run: blue first and farthest, gold last.
    float run = mix(0.22, 1.5, smoothstep(0.0, 0.85, rise));
    float gold_at = exp(-pow(along / run, 2.0));
    float coral_at = exp(-pow(along / (run * 1.35), 2.0));
    float blue_at = exp(-pow(along / (run * 2.0), 2.0));
    float power = smoothstep(0.0, 0.35, rise) * (0.5 + 1.3 * smoothstep(0.2, 1.0, rise));

    // The air above the limb, in layers.
    float h = max(off, 0.0);
    float grow = 1.0 + 2.2 * smoothstep(0.45, 1.0, rise);
    vec3 air = srgb(0xFF7E6B) * coral_at * exp(-h / (0.016 * grow)) * 1.3;
    air += srgb(0xFFB48A) * gold_at * exp(-h / (0.010 * grow)) * 1.6;
    air += srgb(0xFFE3B8) * gold_at * gold_at * exp(-h / (0.006 * grow)) * 2.4;
    float blue_layer = (1.0 - 0.8 * smoothstep(0.55, 0.9, rise)) * exp(-pow((h - 0.030 * grow) / (0.022 * grow), 2.0)) + 0.5 * exp(-h / (0.06 * grow));
    air += srgb(0x7FB4E8) * blue_at * blue_layer * 0.55;

    // The face of the world: sea and cloud, from the limb towards the eye.
    float face = 0.0;
    vec3 ground = vec3(0.0);
    if (off < 0.004) {
        float b = clamp(sin(off + REACH) / sin(REACH), 0.0, 1.0);
        float near = acos(b);  // radians of the sphere from the limb towards the eye
        vec2 at = vec2(along * 1.3 + S_breath * 0.0012, near * 1.9);
        vec2 bend = texture(u_clouds, at * 0.9).xy - 0.5;
        float deck = clouded(at, bend);
        float cloud = smoothstep(0.44, 0.78, deck);
        // Light comes level from the limb: what has less cloud before it is lit.
        float edge = clamp((deck - clouded(at - vec2(0.0, 0.015), bend)) * 4.5 + 0.42, 0.0, 1.0);
        float spread = sun_up + 0.75 * smoothstep(0.35, 1.0, rise);  // morning runs over the face
        float facing = sin(spread - near) * cos(along * 0.55);
        float day = smoothstep(-0.22, 0.30, facing + (deck - 0.5) * 0.22);
        vec3 light = warm(clamp(0.42 + facing * 1.4 + 0.4 * exp(-near * 5.0), 0.0, 1.0));
        vec3 sea = mix(srgb(0x3A3566), srgb(0xB87C8C), exp(-near * 3.2));
        vec3 tops = mix(srgb(0xB58A9C), srgb(0xFFF4E6) * 1.3, edge);
        ground = mix(sea * 0.8, tops, cloud) * light * day * (0.35 + 0.95 * power);
        ground += mix(srgb(0x08070F), srgb(0x241A38), cloud) * 0.6;
        // The sun's road on the water, broken by cloud and wind.
        float wind = texture(u_clouds, vec2(along * 2.6, near * 9.0 + S_breath * 0.006) + bend * 0.2).y;
        float road = exp(-pow(along / (0.045 + 0.24 * near), 2.0)) * exp(-near * 2.2) * (0.35 + 0.9 * wind);
        ground += srgb(0xFFD9A0) * road * (1.0 - 0.75 * cloud) * smoothstep(0.0, 0.05, sun_up) * 1.5;
        // Air lies thick along the limb.
        float haze = exp(off / mix(0.010, 0.050, smoothstep(0.3, 1.0, rise)));
        ground = mix(ground, warm(0.35 + 0.65 * gold_at) * coral_at * power * 1.05, haze * 0.9 * coral_at);
        face = 1.0 - smoothstep(-0.0025, 0.0015, off);
    }

    // The sun itself, a bead on the limb and then free of it, and its glare.
    float over = 1.0 - face;
    float disc = exp(-pow(from_sun / 0.030, 4.0)) * over * smoothstep(0.2, 0.5, rise);
    float peep = smoothstep(-0.05, 0.02, sun_up);
    vec3 glare = srgb(0xFFE3B8) * (exp(-from_sun * 13.0) * 3.0 + exp(-from_sun * 5.0) * 0.8) * peep;
    glare += srgb(0xFFB48A) * exp(-from_sun * 2.0) * 0.42 * peep;

    // Morning in the whole sky.
    float flood = smoothstep(0.45, 1.0, rise);
    float height = clamp(off / 1.0, 0.0, 1.0);
    vec3 sky = mix(srgb(0xFFEBCB) * 1.25, srgb(0xFFD0A0) * 1.08, smoothstep(0.0, 0.14, height));
    sky = mix(sky, srgb(0xFFB48A) * 0.98, smoothstep(0.08, 0.30, height));
    sky = mix(sky, srgb(0xF3A39A) * 0.88, smoothstep(0.24, 0.48, height));
    sky = mix(sky, srgb(0xB9B6D6) * 0.82, smoothstep(0.38, 0.72, height));
    sky = mix(sky, srgb(0x7FB4E8) * 0.80, smoothstep(0.58, 1.0, height));

    // Shafts in the air, slow and faint.
    vec2 about = dir.yz - sun.yz;
    float angle = atan(about.x, about.y);
    float shaft = texture(u_clouds, vec2(angle * 0.9549, 0.13 + S_breath * 0.0015)).x;
    shaft = (shaft - 0.5) * 0.30 * smoothstep(0.02, 0.25, from_sun) * exp(-from_sun * 1.6);
    sky *= 1.0 + shaft;

    vec3 c = air * power * over + sky * flood * over * (0.95 + 0.25 * smoothstep(0.8, 1.0, rise)) + ground * face;
    c += vec3(1.0, 0.93, 0.80) * disc * 14.0 + glare * mix(vec3(0.42, 0.27, 0.22), vec3(1.0), over);
    float covers = max(face, 0.92 * flood * over);
    c *= 1.0 + 0.35 * flood;
    color = vec4(c, covers) * smoothstep(0.0, 0.04, rise);
}
